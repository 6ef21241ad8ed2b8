/** A source before it is read. */
export interface Place {
  /** As the user wrote it. */
  readonly name: string;
  /** Resolved; standard input counts as a file in the working folder. */
  readonly path: string;
  readonly isStdin: boolean;
}
