import { type Starter, starterPage } from './starter.ts';

/** A discount with its code and its end. */
export const offer: Starter = {
  id: 'offer',
  name: 'Offer',
  description: 'A discount with its code and the day it ends.',
  subject: '20 % off for you, {{ customer.firstName | default: "friend" }}',
  preheader: 'Until Sunday, on everything.',
  mjml: starterPage({
    background: '#eef2fb',
    body: `    <mj-section padding="40px 32px 20px">
      <mj-column>
        <mj-text font-size="15px" font-weight="700" color="#1c2430" align="center" padding="0">{{ organization.name }}</mj-text>
      </mj-column>
    </mj-section>

    <mj-section background-color="#1f3f94" border-radius="12px 12px 0 0" padding="56px 40px 48px">
      <mj-column>
        <mj-text font-size="16px" color="#cdd9f7" align="center" padding="0 0 12px">
          For {{ customer.firstName | default: "you" }}, until Sunday
        </mj-text>
        <mj-text font-size="72px" line-height="76px" font-weight="800" color="#ffffff" align="center" padding="0 0 8px">20 % off</mj-text>
        <mj-text font-size="18px" line-height="28px" color="#cdd9f7" align="center" padding="0">on everything in the shop</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" border-radius="0 0 12px 12px" padding="40px 40px 32px">
      <mj-column>
        <mj-text align="center">Enter this code at the checkout:</mj-text>
        <mj-table width="auto" align="center" padding="0 0 24px">
          <tr>
            <td style="border: 2px dashed #9fb4e8; border-radius: 8px; padding: 14px 28px; font-size: 22px; font-weight: 700; letter-spacing: 2px; color: #1f3f94;">THANKS20</td>
          </tr>
        </mj-table>
        <mj-button align="center" href="https://example.com/shop">Go to the shop</mj-button>
        <mj-text font-size="13px" line-height="20px" color="#6b7482" align="center" padding="8px 0">
          One use a person, not on gift cards.
        </mj-text>
      </mj-column>
    </mj-section>
`,
  }),
};
