/**
 * Loader data for the page drawn now, and for nobody else. Public pages send no script, but the framework still encodes
 * loader data for a browser that never asks, which costs a fifth of a large page. Properties that are not enumerable
 * are passed over there and read here as ever. They are passed over by `{...loaderData}` too: hand the object on whole.
 */
export function forRender<Data extends object>(data: Data): Data {
  const kept = {} as Data;
  for (const key of Object.keys(data) as (keyof Data)[]) {
    Object.defineProperty(kept, key, { value: data[key], enumerable: false });
  }
  return kept;
}
