/** `Xã Bến Hiên` as it stands inside a sentence: `xã Bến Hiên`. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase("vi") + text.slice(1);
}

/** `xã Bến Hiên` as it stands alone or begins a sentence: `Xã Bến Hiên`. */
export function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
}
