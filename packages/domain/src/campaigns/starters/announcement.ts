import { type Starter, starterPage } from './starter.ts';

/** One piece of news, one button. */
export const announcement: Starter = {
  id: 'announcement',
  name: 'Announcement',
  description: 'One piece of news and one button.',
  subject: 'Something new for you, {{ customer.firstName | default: "friend" }}',
  preheader: 'See what we have been working on.',
  mjml: starterPage({
    background: '#f3f5f8',
    body: `    <mj-section padding="40px 32px 20px">
      <mj-column>
        <mj-text font-size="15px" font-weight="700" color="#1c2430" padding="0">{{ organization.name }}</mj-text>
      </mj-column>
    </mj-section>

    <mj-section background-color="#ffffff" border-radius="12px" padding="48px 40px 32px">
      <mj-column>
        <mj-text font-size="13px" font-weight="600" line-height="20px" color="#2f5fd0" padding="0 0 8px">New this week</mj-text>
        <mj-text font-size="32px" line-height="40px" font-weight="700" color="#1c2430" padding="0 0 20px">
          A headline that says what is new
        </mj-text>
        <mj-text>Hello {{ customer.firstName | default: "there" }},</mj-text>
        <mj-text>
          Say in two or three sentences what has changed and what it does for the person who reads this.
          Short words and one idea are enough.
        </mj-text>
        <mj-button href="https://example.com/news">See what is new</mj-button>
        <mj-text padding="0 0 8px">
          Until soon,<br />
          {{ organization.name }}
        </mj-text>
      </mj-column>
    </mj-section>
`,
  }),
};
