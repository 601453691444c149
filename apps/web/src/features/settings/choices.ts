import { zoneNames } from '../../components/zone-names.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Every zone, written to be read. */
export function zoneChoices(chosen?: string): Choice[] {
  return zoneNames(chosen).map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));
}

/** Every currency with its name in the reader's language: `EUR – Euro`. */
export function currencyChoices(locale?: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} – ${names.of(code)}` }));
}
