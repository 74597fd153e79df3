/** Series Description (0008,103E) of our reports. */
export const REPORT_DESCRIPTION = 'STS habitat RPRS report (research)';
