/** What the account forms say about a field that does not fit. */
export const fieldWords = {
  name: 'Enter your name.',
  email: 'Enter an e-mail address such as ann@example.com.',
  password: 'Use at least 10 characters.',
  organizationName: 'Enter the name of your company or team.',
};
