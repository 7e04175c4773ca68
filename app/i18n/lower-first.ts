/** `Xã Bến Hiên` as it stands inside a sentence: `xã Bến Hiên`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLocaleLowerCase("vi") + name.slice(1);
}
