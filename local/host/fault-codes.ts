// Everything that ends the local host, with its exit code, cause and cure.

/** The host's own faults. A failing function is no fault of the host: it is logged and its message retried. */
export const faultCodes = {
  'wrong-usage': { exitCode: 2, cause: 'An unknown option or a value that does not fit.', cure: 'See --help.' },
  'settings-unreadable': {
    exitCode: 3,
    cause: 'The settings file is missing, is not JSON, or is encrypted; or a setting of the host has a wrong form.',
    cure: 'Copy local.settings.sample.json to local.settings.json, name another file with --settings, or correct the value.',
  },
  'setting-missing': {
    exitCode: 3,
    cause: 'A function refers to an app setting (%NAME% or a connection) that is not set.',
    cure: 'Add it to Values in local.settings.json, or set it in the environment.',
  },
  'host-json-invalid': {
    exitCode: 3,
    cause: 'host.json is missing, is not JSON, or holds a value outside the limits of Azure Functions.',
    cure: 'Correct the member that the message names.',
  },
  'app-not-loaded': {
    exitCode: 4,
    cause: 'package.json names no main, or the file it names is missing or throws while it loads.',
    cure: 'Build the app; the cause below is what it threw.',
  },
  'app-refuses': {
    exitCode: 4,
    cause: 'The app loaded, but it says that it cannot work: usually an app setting is wrong.',
    cure: 'Correct what the cause names; LOCAL_HOST_ASKS_APP=off starts it all the same, as Azure would.',
  },
  'no-functions': {
    exitCode: 4,
    cause: 'The app loaded but registered no function: a wrong main, or @azure/functions was loaded before the host.',
    cure: 'Point main at the file that calls app.storageQueue(…) and its like.',
  },
  'trigger-unsupported': {
    exitCode: 4,
    cause: 'A function uses a trigger, a binding, a route or a schedule that the local host does not know.',
    cure: 'Use Azure Functions Core Tools (func start) for it.',
  },
  'storage-unreachable': {
    exitCode: 5,
    cause: 'The storage account behind AzureWebJobsStorage did not answer.',
    cure: 'Start Azurite, or correct the connection string.',
  },
  'port-in-use': {
    exitCode: 6,
    cause: 'Another process listens on the port.',
    cure: 'Choose another with --port; 0 takes any free one.',
  },
} as const;

/** The closed list of the host's faults. */
export type FaultCode = keyof typeof faultCodes;

/** Ends the host: thrown at start, shown with its cure, and turned into the exit code of the table above. */
export class HostFault extends Error {
  override readonly name = 'HostFault';

  constructor(
    readonly code: FaultCode,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }

  /** The process's exit code for this fault. */
  get exitCode(): number {
    return faultCodes[this.code].exitCode;
  }
}
