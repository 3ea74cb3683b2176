import type { Message } from '@threadly/real-time';
import { useEffect } from 'react';
import { type Loaded, useLoaded } from '../common/useLoaded';
import { loadMessages } from '../stack';

/**
 * What was said before, over HTTP alone, and again after each `subscription`: nothing pushed before it was heard. What is
 * known already is left out by its id.
 */
export function useHistory(add: (...messages: Message[]) => void, isSubscribed: boolean): Loaded<Message[]> {
  const history = useLoaded(loadMessages, isSubscribed);
  const { data } = history;
  useEffect(() => {
    if (data) add(...data);
  }, [data, add]);
  return history;
}
