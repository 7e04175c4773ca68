/** SHA-256 of bytes, or of text in UTF-8, as 64 lower-case hex signs; the domain is given it, as it imports no package. */
export type Sha256 = (data: Uint8Array | string) => string;
