/** The currencies that an amount can be in. */
export const currencies: string[] = Intl.supportedValuesOf('currency');
