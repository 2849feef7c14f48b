import type { PersonalTable } from '@waymark/api-platform';
import { attached } from './attached';

const shows = {
  name: 'Called',
  purpose: 'Handed in for',
  media_type: 'Kind',
  size_bytes: 'Bytes',
  uploaded_at: 'Handed in at',
};
const hides = {
  uploaded_by: 'yourself',
  content: 'the file itself: open it from your application or claim, where it is attached',
};

/** See PersonalTable. After the tables that attach files: what an erasure takes off an application goes with it. */
export const filesPersonalTables: readonly PersonalTable[] = [
  {
    table: 'stored_file',
    title: 'Files you handed in',
    kept: {
      for: 'So that what you claim or apply with can be looked at.',
      until: 'With the application or claim they belong to; seven days where they belong to none.',
    },
    plumbing: ['institution_id', 'id', 'sha256'],
    parts: [
      {
        as: 'You handed it in; it is attached',
        whose: `t.uploaded_by = :person and ${attached('t')}`,
        shows,
        hides,
        erasure: {
          does: 'empty',
          set: { name: `'Receipt'` },
          why: 'A receipt is a voucher of the institution’s books; it loses the name you gave it.',
          stays: {
            purpose: 'a word of ours',
            media_type: 'a word of ours',
            sha256: 'a digest of the file',
            content: 'the receipt, which the books need',
          },
        },
      },
      {
        as: 'You handed it in; it is not attached',
        whose: `t.uploaded_by = :person and not ${attached('t')}`,
        shows,
        hides,
        erasure: { does: 'delete', why: 'Nothing needs it.' },
      },
    ],
  },
];
