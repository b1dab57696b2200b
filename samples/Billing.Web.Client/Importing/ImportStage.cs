namespace Billing.Web.Client.Importing;

/// <summary>How far a file is.</summary>
public enum ImportStage
{
    /// <summary>It is read by the browser.</summary>
    Reading,

    /// <summary>It is shown, and nothing has left the machine.</summary>
    Local,

    /// <summary>It is on the host and compared with the ledger.</summary>
    Compared,

    /// <summary>It is being stored.</summary>
    Running,

    /// <summary>It has a statement.</summary>
    Ended,
}
