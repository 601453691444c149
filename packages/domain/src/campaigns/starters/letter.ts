import { type Starter, starterPage } from './starter.ts';

/** Looks like a mail that someone wrote by hand. */
export const letter: Starter = {
  id: 'letter',
  name: 'Letter',
  description: 'Plain words, as one person writes to another.',
  subject: 'A question, {{ customer.firstName | default: "if I may" }}',
  preheader: 'It takes one minute.',
  mjml: starterPage({
    background: '#ffffff',
    body: `    <mj-section padding="40px 32px 8px">
      <mj-column>
        <mj-text>Hello {{ customer.firstName | default: "there" }},</mj-text>
        <mj-text>
          This is a letter without pictures and without buttons. It reads as if you had written it to one person,
          and that is why people answer it.
        </mj-text>
        <mj-text>
          Ask your question here, or put it <a href="https://example.com/question">behind a link</a>. Answers go to
          your reply address.
        </mj-text>
        <mj-text>
          Kind regards,<br />
          {{ organization.name }}
        </mj-text>
        <mj-divider padding="16px 0 0" />
      </mj-column>
    </mj-section>
`,
  }),
};
