interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Every IANA zone that the browser knows, with UTC, which its list leaves out. */
export function zoneChoices(): Choice[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));
}

/** Every currency with its name in the reader's language: `EUR – Euro`. */
export function currencyChoices(locale?: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} – ${names.of(code)}` }));
}
