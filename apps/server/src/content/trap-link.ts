/** Behind the address of a message's picture: makes it the address of the link that no person sees. */
export const trapQuery = '?link';

/**
 * A link to nothing that is neither shown nor read aloud: only a program that follows every link of a message asks for it. It
 * has the token of the picture, so that it costs no signature of its own. A template, as the picture's.
 */
export const trapLink = `<a href="{{ pixelUrl }}${trapQuery}" rel="nofollow" tabindex="-1" aria-hidden="true" style="display:none"></a>`;
