import { Global, Module } from '@nestjs/common';
import { fundingImpersonalTables, fundingPersonalTables } from '@waymark/api-funding';
import { mentoringImpersonalTables, mentoringPersonalTables } from '@waymark/api-mentoring';
import { peopleImpersonalTables, peoplePersonalTables } from '@waymark/api-people';
import {
  type ImpersonalTables,
  PERSONAL_TABLES,
  type PersonalTable,
  platformImpersonalTables,
  platformPersonalTables,
} from '@waymark/api-platform';
import { reportBackImpersonalTables, reportBackPersonalTables } from '@waymark/api-report-back';

/** Every library's declarations, in the order of an erasure: what points at a person first, the person last. */
export const personalTables: readonly PersonalTable[] = [
  ...platformPersonalTables,
  ...mentoringPersonalTables,
  ...fundingPersonalTables,
  ...reportBackPersonalTables,
  ...peoplePersonalTables,
];
export const impersonalTables: ImpersonalTables = {
  ...platformImpersonalTables,
  ...mentoringImpersonalTables,
  ...fundingImpersonalTables,
  ...reportBackImpersonalTables,
  ...peopleImpersonalTables,
};

/** Only apps compose the domains: here the lists of personal data become one. */
@Global()
@Module({
  providers: [{ provide: PERSONAL_TABLES, useValue: personalTables }],
  exports: [PERSONAL_TABLES],
})
export class PersonalTablesModule {}
