import type { DomainError, Result } from '@mini-crm/domain';
import { err, ok } from '@mini-crm/domain';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * A phone number in E.164. Numbers without a country code are read as `country`'s (ISO 3166, two letters) where one is
 * given, and refused otherwise: guessing a country would call a stranger.
 */
export function normalizePhone(text: string, country?: string): Result<string, DomainError> {
  const assumed = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const written = text.trim().replace(/^00/, '+');
  const phone = parsePhoneNumberFromString(
    written,
    assumed ? { defaultCountry: assumed, extract: false } : { extract: false },
  );
  if (!phone?.isPossible() || phone.ext) return err({ code: 'customer_phone_invalid', path: ['phone'] });
  return ok(phone.number);
}
