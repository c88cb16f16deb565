// What Microsoft's Logic Apps sample for API-driven provisioning runs: CSV2SCIMBulkUpload in AzureAD/entra-id-inbound-provisioning, last changed
// 2023-08-29, read 2026-11. Each action is metered each time that it runs, in a loop for each item, and the loop once more; what is skipped is not.
// Source: Learn, "Pricing model for Azure Logic Apps", Actions (2019-07-16, read 2026-11).

/** Recurrence; Get_CSV_records, Convert_CSV_to_JSON, Parse_JSON and five Initialize_…; For_each. */
const ONCE = 10;
/** Increment_IterationCount, Decrement_NumberOfRecords_, Construct_SCIMUser, Condition. */
const FOR_EACH_ROW = 4;
/** Append_SCIMUser_record. */
const WITHIN_A_CHUNK = 1;
/** Append_last_…, Finalize_…, View_…, Send_…, Reset_…, Prepare_next_…: in place of the one above. */
const AT_THE_END_OF_A_CHUNK = 6;
const ROWS_OF_A_CHUNK = 50;

/** What one run of the sample takes. */
export interface LogicAppRun {
  /** Built-in operations, billed one by one above the free ones. */
  readonly operations: number;
  /** Calls of a standard connector, which have a price of their own: the file is read by one. */
  readonly connectorCalls: number;
  /** Calls of bulkUpload. */
  readonly calls: number;
}

/** A run over so many rows: it compares nothing, so every row is sent. */
export function logicAppRun(rows: number): LogicAppRun {
  const chunks = Math.ceil(rows / ROWS_OF_A_CHUNK);
  const inChunks = (rows - chunks) * WITHIN_A_CHUNK + chunks * AT_THE_END_OF_A_CHUNK;
  return { operations: ONCE + rows * FOR_EACH_ROW + inChunks, connectorCalls: 1, calls: chunks };
}
