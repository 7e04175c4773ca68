/** A letter to one address: plain text, so that it says the same everywhere. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sending letters by e-mail. */
export interface Mail {
  /** Throws when the mail server does not take it. */
  send(letter: Letter): Promise<void>;
}
