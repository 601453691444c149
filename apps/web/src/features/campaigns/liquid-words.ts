const outputs = /\{\{-?\s*([\w.]+)[^}]*?-?\}\}/g;

/** A subject as people read it in a list: `Hello {{ customer.firstName | default: "you" }}` is `Hello [first name]`. */
export function liquidWords(source: string): string {
  return source
    .replace(outputs, (_whole, path: string) => `[${nameOf(path)}]`)
    .replace(/\{%.*?%\}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const nameOf = (path: string): string =>
  (path.split('.').at(-1) ?? path)
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
