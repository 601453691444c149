import { escapeHtml } from '../content/escape-html.ts';

/** A page for people who come from a mail: no script, readable in both colour schemes, any width. */
export interface SmallPage {
  readonly title: string;
  /** Paragraphs as plain text. */
  readonly paragraphs: readonly string[];
  /** A button that posts back to the page's own address. */
  readonly button?: string;
}

const style = `
:root{color-scheme:light dark;--text:#1a2121;--soft:#5c6767;--back:#f7f8f8;--card:#fff;--line:#e6e9e9;--accent:#0f6b68;--on:#fff}
@media (prefers-color-scheme:dark){:root{--text:#e4e8e8;--soft:#9aa4a4;--back:#131617;--card:#1b2021;--line:#363d3e;--accent:#5fb8af;--on:#0a0c0d}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--back);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:440px;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:32px;overflow-wrap:anywhere}
h1{margin:0 0 12px;font-size:20px;line-height:1.35;font-weight:600}
p{margin:0 0 12px;color:var(--soft)}
button{width:100%;margin-top:12px;padding:12px 20px;border:0;border-radius:8px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid var(--text);outline-offset:2px}
`;

/** The HTML of a page; every text in it is escaped. */
export function smallPage({ title, paragraphs, button }: SmallPage): string {
  const body = paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n');
  const form = button ? `<form method="post"><button type="submit">${escapeHtml(button)}</button></form>` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
${form}
</main>
</body>
</html>
`;
}
