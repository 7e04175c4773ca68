/** Headers of bytes that somebody uploaded: never a page of ours, whatever a browser makes of them. */
export const SAFE_FILE = {
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
} as const;
