package com.threadly.pusherserver;

/**
 * What a server has done so far.
 *
 * @param connections WebSocket connections open now
 * @param subscriptions subscriptions held now
 * @param requests signed API requests answered or being answered, wrongly signed ones included
 * @param eventsReceived events accepted through the HTTP API; one event for several channels counts once per channel
 * @param clientEvents events accepted from clients
 * @param messagesDelivered events written to a client's socket, one per event and subscriber
 * @param errors API requests answered with a status other than 2xx, or not at all
 * @param batches accepted requests to {@code batch_events}
 * @param batchSizeSum events in those batches
 * @param overflows connections closed because their client read too slowly
 * @param webhooksSent webhook requests answered with 2xx
 * @param webhooksFailed attempts that were not answered with 2xx
 * @param webhookEventsDropped webhook events that were dropped
 */
public record Stats(
        long connections,
        long subscriptions,
        long requests,
        long eventsReceived,
        long clientEvents,
        long messagesDelivered,
        long errors,
        long batches,
        long batchSizeSum,
        long overflows,
        long webhooksSent,
        long webhooksFailed,
        long webhookEventsDropped) {}
