namespace Billing.Web.Contracts;

/// <summary>The event that a stream of server-sent events has when nothing else happens, so that a connection that died without a word is told from one on which nothing happens.</summary>
public static class Heartbeat
{
    /// <summary>The type of the event. It has no data and no number.</summary>
    public const string EventType = "heartbeat";

    /// <summary>How long a stream says nothing at most: 5 seconds.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long without a word a connection is given up: 20 seconds, so that three heartbeats in a row may be late.</summary>
    public static TimeSpan LongestSilence { get; } = TimeSpan.FromSeconds(20);
}
