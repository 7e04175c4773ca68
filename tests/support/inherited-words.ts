/** Words that every object of the language answers to; typed by somebody, they have to mean nothing. */
export const INHERITED_WORDS = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "-__proto__",
  "isPrototypeOf",
] as const;
