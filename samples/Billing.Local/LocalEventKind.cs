namespace Billing.Local;

/// <summary>The kinds of events of the local environment.</summary>
public enum LocalEventKind
{
    /// <summary>A part has started or stopped.</summary>
    Lifecycle,

    /// <summary>Work was done.</summary>
    Work,

    /// <summary>Work failed, or will be delivered again.</summary>
    Failure,

    /// <summary>A line that a function wrote.</summary>
    Output,

    /// <summary>An alert arrived at the topic.</summary>
    Alert,
}
