using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Tokenfall.AspNetCore;

/// <summary>Checks a body by its type's validation attributes, or has it check itself.</summary>
internal static class BodyValidation
{
    /// <summary>Checks the attributes, then what the body itself says where it implements <see cref="IValidatableObject"/>.</summary>
    /// <exception cref="RequestProblemException">The body is not valid; the words are those of the attributes.</exception>
    [RequiresUnreferencedCode("Validation attributes are read by reflection.")]
    public static void Check(object body)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(body, new ValidationContext(body), problems, validateAllProperties: true);
        CheckRecordParameters(body, problems);
        RefuseIfAny(problems);
    }

    /// <summary>Asks a body that implements <see cref="IValidatableObject"/>; needs no reflection.</summary>
    /// <exception cref="RequestProblemException">The body is not valid; the words are its own.</exception>
    public static void CheckItself(object body)
    {
        if (body is not IValidatableObject validatable) return;
        // With a display name: without one the context looks for it by reflection.
        RefuseIfAny([.. validatable.Validate(new ValidationContext(body, body.GetType().Name, serviceProvider: null, items: null))]);
    }

    private static void RefuseIfAny(List<ValidationResult> problems)
    {
        problems.RemoveAll(problem => problem == ValidationResult.Success);
        if (problems.Count > 0)
            throw RequestProblems.InvalidBody(string.Join(" ", problems.Select(problem => problem.ErrorMessage)));
    }

    // In record Question([Required] string Text) the attribute is the parameter's, where the framework's validator does not look.
    [RequiresUnreferencedCode("Validation attributes are read by reflection.")]
    private static void CheckRecordParameters(object body, List<ValidationResult> problems)
    {
        foreach (var parameter in body.GetType().GetConstructors().SelectMany(constructor => constructor.GetParameters()))
        {
            var attributes = parameter.GetCustomAttributes<ValidationAttribute>().ToList();
            if (attributes.Count == 0 || body.GetType().GetProperty(parameter.Name!) is not { } property) continue;
            Validator.TryValidateValue(property.GetValue(body), new ValidationContext(body) { MemberName = property.Name }, problems, attributes);
        }
    }
}
