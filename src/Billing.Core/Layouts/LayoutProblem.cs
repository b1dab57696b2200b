namespace Billing.Layouts;

/// <summary>What is wrong with a layout.</summary>
/// <param name="Member">The member of the layout file, such as <c>numbers.decimalMark</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record LayoutProblem(string Member, string Message);
