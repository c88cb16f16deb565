// Whether and where telemetry is exported: the platform's own settings, which the host reads as well, so that both tell the same place.
// Source: Learn, "Use OpenTelemetry with Azure Functions" and "Microsoft Entra authentication for Application Insights" (2025).

/** Where records are sent, and as whom. */
export interface ExporterSettings {
  readonly connectionString: string;
  /** `key`: with the key of the connection string alone; otherwise the managed identity, user-assigned if it has a client id. */
  readonly identity: 'key' | { readonly clientId: string | null };
  /** The name under which the app is shown. */
  readonly appName: string;
  /** Tells the instances of the app apart; null outside Azure. */
  readonly instance: string | null;
}

/** Null if nothing is to be exported. Never throws. */
export function exporterSettings(environment: Readonly<Record<string, string | undefined>>): ExporterSettings | null {
  const connectionString = environment.APPLICATIONINSIGHTS_CONNECTION_STRING;
  if (!connectionString) return null;
  return {
    connectionString,
    identity: identityOf(environment.APPLICATIONINSIGHTS_AUTHENTICATION_STRING ?? ''),
    appName: environment.WEBSITE_SITE_NAME || 'rollcall',
    instance: environment.WEBSITE_INSTANCE_ID || null,
  };
}

/** `ClientId=…;Authorization=AAD`. */
function identityOf(text: string): ExporterSettings['identity'] {
  const parts = new Map(
    text.split(';').map((part) => [part.split('=')[0]?.trim().toLowerCase(), part.split('=')[1]?.trim()]),
  );
  if (parts.get('authorization')?.toUpperCase() !== 'AAD') return 'key';
  return { clientId: parts.get('clientid') || null };
}
