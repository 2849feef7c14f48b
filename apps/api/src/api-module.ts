import { type DynamicModule, Module } from '@nestjs/common';
import { FundingModule, fundingEntities } from '@waymark/api-funding';
import { MentoringModule, mentoringEntities } from '@waymark/api-mentoring';
import { PeopleModule, peopleEntities } from '@waymark/api-people';
import { type Clock, PlatformModule } from '@waymark/api-platform';
import { ReportBackModule, reportBackEntities } from '@waymark/api-report-back';
import type { Config } from './config';
import { DemonstrationController } from './demonstration-controller';
import { HomeController } from './home-controller';
import { PersonalTablesModule } from './personal-tables';

export const entities = [...peopleEntities, ...mentoringEntities, ...reportBackEntities, ...fundingEntities];

/** Everything that answers HTTP. Only apps compose the domains. */
@Module({})
export class ApiModule {
  static with(config: Config, clock: Clock): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.with({ config, clock, entities }, true),
        PersonalTablesModule,
        PeopleModule.forApi(),
        MentoringModule.forApi(),
        ReportBackModule.forApi(),
        FundingModule.forApi(),
      ],
      controllers: [HomeController, DemonstrationController],
    };
  }
}
