import type { SiteSettings } from "./settings.ts";

/**
 * The headers every answer carries. Public pages have no script at all, so none is allowed; nothing is loaded from
 * elsewhere; forms may lead to this site and to the payment gateways only.
 */
export function securityHeaders(settings: SiteSettings): ReadonlyMap<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "script-src 'none'",
    // No page of ours asks for anything from script; checkers that read robots.txt from inside the page do.
    "connect-src 'self'",
    `form-action ${["'self'", ...settings.gatewayOrigins].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return new Map([
    ["content-security-policy", policy.join("; ")],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "strict-origin-when-cross-origin"],
    ["permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ...(settings.origin.startsWith("https:")
      ? [["strict-transport-security", "max-age=31536000; includeSubDomains"] as const]
      : []),
  ]);
}

/** Put the headers on an answer; what a route set itself stays. */
export function withSecurityHeaders(
  response: Response,
  headers: ReadonlyMap<string, string>,
): Response {
  for (const [name, value] of headers) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
