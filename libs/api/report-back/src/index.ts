export { reportBackEntities } from './entities';
export { type NewObligation, type ObligationFact, ReportBackFacade } from './report-back-facade';
export { reportBackEventHandlers, ReportBackModule } from './report-back-module';
export { reportBackImpersonalTables, reportBackPersonalTables } from './report-back-personal-data';
export { type OwedReport, owedReports } from './owed-reports';
export { reportOfSource, type ReportOfSource } from './report-of-source';
