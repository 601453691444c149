/** HTML or MJML without its comments. One pass, because an author may leave any number of them unclosed: such a one is kept as text. */
export function withoutComments(source: string): string {
  let result = '';
  let at = 0;
  for (;;) {
    const start = source.indexOf('<!--', at);
    const end = start < 0 ? -1 : source.indexOf('-->', start + 4);
    if (end < 0) return result + source.slice(at);
    result += source.slice(at, start);
    at = end + 3;
  }
}
