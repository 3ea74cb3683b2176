import { Text } from '../text/Text';

export const Bubble = ({ text, truncated = false }: { text: string; truncated?: boolean }) => (
  <p className="bubble" dir="auto">
    <Text>{text}</Text>
    {truncated && <em> … cut short: it was too long for one event</em>}
  </p>
);
