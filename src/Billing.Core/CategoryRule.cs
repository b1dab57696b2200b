using Billing.Categories;

namespace Billing;

/// <summary>One rule. Immutable; start with <see cref="When"/> or <see cref="Require"/>.</summary>
public sealed class CategoryRule
{
    internal CategoryRule(string name, Func<BillingRecord, bool> condition, bool isRequirement)
    {
        ArgumentNullException.ThrowIfNull(name);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(name), nameof(CategoryRule), nameof(Name), name, "a name, which records and messages carry");
        ArgumentNullException.ThrowIfNull(condition);
        Name = name;
        Condition = condition;
        IsRequirement = isRequirement;
    }

    /// <summary>The name that records, reports and messages carry.</summary>
    public string Name { get; }

    /// <summary>The category it gives, or null.</summary>
    public string? Category { get; private init; }

    /// <summary>The flag it raises, or null.</summary>
    public string? Flag { get; private init; }

    /// <summary>Whether it asks for an alert.</summary>
    public bool Alert { get; private init; }

    /// <summary>The subject of the alert. Default <see cref="BillingAlert.DefaultSubject"/>.</summary>
    public string AlertSubject { get; private init; } = BillingAlert.DefaultSubject;

    /// <summary>Whether its condition must hold, or the record is quarantined (<see cref="QuarantineReason.RuleFailed"/>).</summary>
    public bool IsRequirement { get; }

    /// <summary>What must hold, said to people: the detail of a quarantined record. Null where none was given: the name is said then.</summary>
    public string? Message { get; private init; }

    internal Func<BillingRecord, bool> Condition { get; }

    /// <summary>A rule that acts where <paramref name="condition"/> holds. The record has its reporting amount; it has no category yet. The condition must be pure and may be called from several threads.</summary>
    /// <exception cref="BillingConfigurationException">The name is blank.</exception>
    public static CategoryRule When(string name, Func<BillingRecord, bool> condition) => new(name, condition, isRequirement: false);

    /// <summary>A rule that quarantines records for which <paramref name="condition"/> does not hold.</summary>
    /// <exception cref="BillingConfigurationException">The name is blank.</exception>
    public static CategoryRule Require(string name, Func<BillingRecord, bool> condition) => new(name, condition, isRequirement: true);

    /// <summary>The same rule, giving <paramref name="category"/>.</summary>
    public CategoryRule WithCategory(string category) => Copy(category, Flag, Alert, Message);

    /// <summary>The same rule, raising <paramref name="flag"/>.</summary>
    public CategoryRule WithFlag(string flag) => Copy(Category, flag, Alert, Message);

    /// <summary>The same rule, asking for an alert.</summary>
    public CategoryRule WithAlert() => Copy(Category, Flag, true, Message);

    /// <summary>The same rule, asking for an alert with this subject.</summary>
    /// <param name="subject">One line of at most 100 characters, which is what mail and SNS take.</param>
    /// <exception cref="BillingConfigurationException">It is blank, longer, or has a control character or half of a surrogate pair.</exception>
    public CategoryRule WithAlert(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(subject), nameof(CategoryRule), nameof(AlertSubject), subject, "one line of at most 100 characters");
        return AlertSubjects.FaultOf(subject) is { } fault
            ? throw new BillingConfigurationException($"{nameof(CategoryRule)}.{nameof(AlertSubject)} is '{subject}'. {fault}")
            : Copy(Category, Flag, true, Message, subject);
    }

    /// <summary>The same rule, saying <paramref name="message"/> where it quarantines.</summary>
    public CategoryRule WithMessage(string message) => Copy(Category, Flag, Alert, message);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private CategoryRule Copy(string? category, string? flag, bool alert, string? message, string? subject = null) =>
        new(Name, Condition, IsRequirement) { Category = category, Flag = flag, Alert = alert, Message = message, AlertSubject = subject ?? AlertSubject };
}
