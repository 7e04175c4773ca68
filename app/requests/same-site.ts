/**
 * Whether a request that may change something comes from a page of our own. Browsers say so in `Sec-Fetch-Site`;
 * React Router compares `Origin` where there is one. Programs send neither header and are let through: they carry
 * no visitor's session.
 */
export function isForeignPost(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const site = request.headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}
