/** The page of an inspection. */
import { Findings, FoundFacts, InspectionHead, type InspectionProps } from '../parts/inspection.tsx';
import { renderPage } from '../parts/page.tsx';
import style from '../style/inspect.css';

export interface InspectProps extends InspectionProps {
  readonly lead: string;
}

export function renderInspectPage({ lead, ...inspection }: InspectProps): string {
  return renderPage({
    title: 'Minotaur: inspection',
    lead,
    style,
    scripts: [],
    children: (
      <>
        <InspectionHead {...inspection} />
        <Findings of={inspection.findings} />
        <FoundFacts {...inspection} />
      </>
    ),
  });
}
