// What the feed's parts share.
export const TOOL = 'SonarQube';
