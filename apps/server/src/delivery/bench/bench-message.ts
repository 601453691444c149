const paragraph =
  'The new collection has arrived, and because you were with us from the beginning you see it before everybody else does. ';

const links = ['new', 'women', 'men', 'home', 'sale']
  .map((name) => `<a href="https://shop.example/${name}?utm_source=mail">See ${name}</a>`)
  .join(' · ');

/** MJML that makes about 5 KB of HTML: three personal fields, five links, the address and the link for leaving. */
export const benchMjml = `<mjml><mj-body><mj-section><mj-column>
<mj-text>Hello {{ customer.firstName | default: "there" }}</mj-text>
<mj-text>${paragraph}Your number is {{ customer.externalId }}, and we write to {{ customer.email }}.</mj-text>
<mj-text>${links}</mj-text>
<mj-text>{{ organization.postalAddress }} <a href="{{ unsubscribeUrl }}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>`;
