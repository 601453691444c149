import type { MessageContent } from '../campaigns/campaign.ts';

/** A link of a demo message, and how much of all clicks it gets. */
export interface DemoLink {
  readonly href: string;
  readonly weight: number;
}

const shop = 'https://roastery.example';

interface Letter {
  readonly subject: string;
  readonly preheader: string;
  readonly headline: string;
  readonly paragraphs: readonly string[];
  readonly button: { readonly text: string; readonly href: string };
  readonly more: readonly { readonly text: string; readonly href: string }[];
}

/** A plain and friendly letter: a headline, a few words, one button, two more links and the way out. */
function letter({ subject, preheader, headline, paragraphs, button, more }: Letter): MessageContent {
  const words = paragraphs.map((text) => `        <mj-text>${text}</mj-text>`).join('\n');
  const links = more.map(({ text, href }) => `<a href="${href}" style="color: #8a5a3c">${text}</a>`).join(' &#183; ');
  const mjml = `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.6" color="#3b2f2a" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f6f1ec">
    <mj-section padding="28px 0 8px">
      <mj-column>
        <mj-text align="center" font-size="13px" letter-spacing="2px" color="#8a5a3c">{{ organization.name | upcase }}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" border-radius="8px" padding="24px 12px">
      <mj-column>
        <mj-text font-size="26px" line-height="1.25" font-weight="bold">${headline}</mj-text>
        <mj-text>Hello {{ customer.firstName | default: "there" }},</mj-text>
${words}
        <mj-button background-color="#8a5a3c" border-radius="6px" font-size="16px" href="${button.href}">${button.text}</mj-button>
        <mj-text font-size="14px" align="center">${links}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="16px 0 32px">
      <mj-column>
        <mj-text align="center" font-size="12px" color="#77685f">
          {{ organization.name }}, {{ organization.postalAddress }}<br />
          <a href="{{ unsubscribeUrl }}" style="color: #77685f">Unsubscribe</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
  return { subject, preheader, mjml, text: null };
}

const harvest = {
  button: { text: 'Taste the new roasts', href: `${shop}/new` },
  more: [
    { text: 'Ethiopia Yirgacheffe', href: `${shop}/coffee/ethiopia-yirgacheffe` },
    { text: 'Peru Decaf', href: `${shop}/coffee/peru-decaf` },
    { text: 'How to brew it', href: `${shop}/brewing` },
  ],
};

const club = {
  button: { text: 'Order before everyone else', href: `${shop}/club/early` },
  more: [
    { text: 'This month’s tasting', href: `${shop}/club/tasting` },
    { text: 'Your Club benefits', href: `${shop}/club` },
  ],
};

const weights = [6, 2, 1.5, 1];
const linksOf = ({ button, more }: Pick<Letter, 'button' | 'more'>): readonly DemoLink[] =>
  [button, ...more].map(({ href }, i) => ({ href, weight: weights[i] ?? 1 }));

export const harvestLinks = linksOf(harvest);
export const clubLinks = linksOf(club);

export const harvestContent = letter({
  ...harvest,
  subject: 'The new harvest is here, {{ customer.firstName | default: "coffee lover" }}',
  preheader: 'Two roasts that we waited for all year',
  headline: 'Fresh from the drum: two new roasts',
  paragraphs: [
    'The new harvest has arrived and we could not keep our hands off it. The Yirgacheffe is all jasmine and lemon; the decaf from Peru tastes so much of chocolate that you will not miss a thing.',
    'Both are roasted on Tuesdays and leave us the same day.',
  ],
});

export const clubContent = letter({
  ...club,
  subject: 'Club first: the small lot opens today',
  preheader: 'Sixty kilos, three days before anyone else',
  headline: 'Sixty kilos, and you choose first',
  paragraphs: [
    'A small lot from Kirinyaga came in: blackcurrant, brown sugar, very clean. It will be in the shop on Saturday. As a Club member you can have it now.',
    'You have {{ customer.attributes.loyalty_points | default: 0 }} points, which count at checkout.',
  ],
});

export const missYouContent = letter({
  subject: 'Is your grinder all right, {{ customer.firstName | default: "old friend" }}?',
  preheader: 'It has been a while, here is a reason to come back',
  headline: 'It has been a while',
  paragraphs: [
    'We have not roasted for you in months. Perhaps you found another favourite; perhaps life was loud. Either way, the next parcel ships on us.',
  ],
  button: { text: 'Send me something good', href: `${shop}/welcome-back` },
  more: [{ text: 'What is new', href: `${shop}/new` }],
});
