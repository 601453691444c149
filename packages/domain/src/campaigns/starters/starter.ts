/** A message to begin with. */
export interface Starter {
  readonly id: string;
  readonly name: string;
  /** What it is good for, in one line. */
  readonly description: string;
  readonly subject: string;
  readonly preheader: string;
  readonly mjml: string;
}

const fonts = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** The parts that every starter shares: type, colours, and what marketing mail must have at its foot. */
export function starterPage(options: {
  readonly background: string;
  readonly styles?: string;
  readonly body: string;
}): string {
  return `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="${fonts}" />
      <mj-text font-size="16px" line-height="26px" color="#2c333d" padding="0 0 16px" />
      <mj-button background-color="#2f5fd0" color="#ffffff" border-radius="8px" font-size="16px" font-weight="600" inner-padding="14px 28px" padding="8px 0 16px" align="left" />
      <mj-section padding="0" />
      <mj-divider border-width="1px" border-color="#e3e7ec" padding="8px 0 24px" />
    </mj-attributes>
    <mj-style>
      a { color: #2f5fd0; }
      .quiet a { color: #6b7482; }${options.styles ?? ''}
    </mj-style>
  </mj-head>
  <mj-body width="600px" background-color="${options.background}">
${options.body}
    <mj-section padding="24px 32px 40px">
      <mj-column>
        <mj-text css-class="quiet" font-size="13px" line-height="20px" color="#6b7482" align="center" padding="0">
          {{ organization.name }}<br />
          {{ organization.postalAddress }}<br />
          You get this e-mail because you agreed to hear from us.
          <a href="{{ unsubscribeUrl }}">Unsubscribe</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
}
