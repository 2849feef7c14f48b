export { reportBackEntities } from './entities';
export { type NewObligation, type ObligationFact, ReportBackFacade } from './report-back-facade';
export { reportBackEventHandlers, ReportBackModule } from './report-back-module';
export { reportBackImpersonalTables, reportBackPersonalTables } from './report-back-personal-data';
