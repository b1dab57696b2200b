namespace Billing.Sinks.Aurora;

/// <summary>What the server says of a statement that it carried out.</summary>
/// <param name="Code">Its number, such as 1265 for a value that was cut.</param>
/// <param name="Message">The sentence.</param>
internal readonly record struct ServerWarning(string Code, string Message);
