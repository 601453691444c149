/** The reader's own time zone and a currency that fits their locale, as a first guess for a new organization. */
export function localSettings(locales: readonly string[] = navigator.languages): {
  readonly timeZone: string;
  readonly currency: string;
} {
  return { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: currencyOf(locales[0] ?? 'en-US') };
}

const euro = new Set('AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' '));
const ofRegion: Readonly<Record<string, string>> = {
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  IN: 'INR',
  JP: 'JPY',
  KR: 'KRW',
  MX: 'MXN',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  SE: 'SEK',
  TR: 'TRY',
  ZA: 'ZAR',
};

/** The currency of a locale's region; US dollars where we do not know. It can be changed in the settings. */
export function currencyOf(locale: string): string {
  const region = new Intl.Locale(locale).maximize().region ?? 'US';
  return euro.has(region) ? 'EUR' : (ofRegion[region] ?? 'USD');
}
