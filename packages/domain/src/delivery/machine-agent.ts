/*
 * Known by what they say of themselves. Who says nothing unusual counts as a person: a scanner that poses as a browser can't be told
 * from one by this, and to leave people out of every "opened" would be worse than to count a machine. The picture proxies of Gmail,
 * Yahoo, Outlook and others are no machines in this sense: they fetch a picture when somebody opens the mail, in that person's stead.
 */

/** Apple's Mail Privacy Protection fetches the pictures of every mail that arrives, opened or not, and calls itself nothing more than this. */
const applePrivacyProxy = /^Mozilla\/5\.0$/;

/** Follow links to see where they lead: gateways that look for malware, previews in messengers, search engines, programs. */
const linkFollowers = new RegExp(
  [
    'Barracuda|Mimecast|Proofpoint|IronPort|MessageLabs|FireEye|TrendMicro|Sophos|Bitdefender|Forcepoint|Trustwave|Zscaler|Cloudmark|Vade ?Secure|urlscan|VirusTotal|SafeLinks|Microsoft Office Protocol Discovery',
    'facebookexternalhit|WhatsApp/|SkypeUriPreview|BingPreview|Google-Safety|Google-Read-Aloud|Slack-ImgProxy|Mediapartners-Google|Iframely|Embedly',
    '^(?:curl|Wget|python-requests|python-urllib|aiohttp|Go-http-client|libwww-perl|Java|Apache-HttpClient|PHP|Ruby|axios|Scrapy)\\b',
    // "CUBOT" is a maker of phones.
    '(?<!cu)bot\\b|crawler|spider\\b|link ?(?:checker|scanner|validator)|security ?scan',
  ].join('|'),
  'i',
);

/**
 * Whether an opening or a click is known to come from a program and not from a person, by the `User-Agent` of its request. Nobody
 * need have looked then: the program asks for every mail.
 */
export function isMachineAgent(userAgent: string | undefined): boolean {
  const agent = userAgent?.trim() ?? '';
  return applePrivacyProxy.test(agent) || linkFollowers.test(agent);
}
