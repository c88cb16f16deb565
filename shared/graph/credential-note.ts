// When the credential for Graph ends, noted by the app for whoever looks at the machine from outside: only the app may ask the vault.

/** Faults are `RollcallError` with disposition `retry`. */
export interface CredentialNote {
  /** ms since the epoch; null if it does not end, or nobody knows. The last one counts. */
  write(endsAt: number | null): Promise<void>;
}
