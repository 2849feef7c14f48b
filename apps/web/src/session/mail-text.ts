export interface MailPiece {
  text: string;
  /** A path of ours when the piece is a link that may be followed here. */
  path: string | null;
}

/** Splits a message at its addresses. Only those of our own origin become links; the rest stays plain text. */
export const mailPieces = (text: string, origin: string): MailPiece[] =>
  text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/u)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, path: ownPathOf(piece, origin) }));

const ownPathOf = (piece: string, origin: string): string | null => {
  if (!/^https?:\/\//u.test(piece) || !URL.canParse(piece)) return null;
  const url = new URL(piece);
  return url.origin === origin ? url.pathname + url.search + url.hash : null;
};
