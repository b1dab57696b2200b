namespace Billing.Simulation.Tests.Schedules;

/// <summary>How the bytes of a source arrive.</summary>
internal enum ArrivalKind
{
    Whole,

    OneByteAtATime,

    /// <summary>Reads give fewer bytes than asked for, a different number each time.</summary>
    Short,

    /// <summary>The stream fails part of the way.</summary>
    Breaks,
}
