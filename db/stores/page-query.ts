/** One page of a table, and how to go on after it. */
export interface PageQuery {
  readonly text: string;
  /** Columns of the answer that are the cursor, and where the first page begins. */
  readonly after: readonly (readonly [column: string, first: string | number])[];
  /** Rows of a page. */
  readonly size: number;
}
