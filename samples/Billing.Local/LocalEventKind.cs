namespace Billing.Local;

/// <summary>Kinds of news.</summary>
public enum LocalEventKind
{
    /// <summary>A part has started or stopped.</summary>
    Lifecycle,

    /// <summary>Work was done.</summary>
    Work,

    /// <summary>Work failed, or is to be delivered again.</summary>
    Failure,

    /// <summary>A line that a function wrote.</summary>
    Output,

    /// <summary>An alert arrived at the topic.</summary>
    Alert,
}
