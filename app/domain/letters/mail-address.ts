/** Whether a text can be an e-mail address that letters reach: what stands before and after the one @ is told by the mail server. */
export function isMailAddress(text: string): boolean {
  return /^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,180}\.[^\s@<>,;:".]{2,}$/.test(text);
}
